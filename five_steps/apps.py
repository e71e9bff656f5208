from django.apps import AppConfig


class FiveStepsConfig(AppConfig):
    name = "five_steps"
    verbose_name = "De fem stegen"
