"""The tool shed: small tools without a model that know no room."""
