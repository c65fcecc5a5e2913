from django import template

from responses import styles

register = template.Library()


@register.simple_tag
def portal_css():
    """The style sheet, for a <style> in a page whose policy allows exactly that text."""
    return styles.portal_css()
