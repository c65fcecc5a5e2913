from django.contrib.admin.apps import AdminConfig


class DesksConfig(AdminConfig):
    """Django's admin, with a first page and a menu of ours."""

    default_site = "diversity_portal.desk_site.DeskSite"
