from django.apps import AppConfig


class CitizenPromisesConfig(AppConfig):
    name = "citizen_promises"
    verbose_name = "Medborgarlöften"
