"""Template filters for Swedish numbers and dates: {{ count|sv_number }}, {{ day|sv_date }}, {{ start|sv_period:end }}.

Registered by name in settings, since the tool shed is no app. Dates may be dates or ISO strings, so the same filters
serve pages (which have objects) and frozen reports (which have JSON).
"""

from django import template

from lib import swedish

register = template.Library()

register.filter("sv_number", swedish.number)
register.filter("sv_decimal", swedish.decimal)
register.filter("sv_date", swedish.date, expects_localtime=True)
register.filter("sv_month_year", swedish.month_year, expects_localtime=True)
register.filter("sv_period", swedish.period, expects_localtime=True)
