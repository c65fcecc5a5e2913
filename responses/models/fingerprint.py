from django.db.models.functions import SHA256


class Fingerprint(SHA256):
    """`sha256_of` in SQL. In PostgreSQL, Django's own function would need an extension."""

    def as_postgresql(self, compiler, connection, **context):
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **context)
