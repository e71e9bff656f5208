"""Where: counties, municipalities, police areas."""

# Shown wherever the sources of the pages are named; GeoNames' licence asks for it.
CREDITS = (
    "Kommunkoder och folkmängd: SCB. Centralorternas lägen: GeoNames (geonames.org), CC BY 4.0. "
    "Polisregioner och lokalpolisområden: Brå, Polisen och kommunernas webbplatser."
)
