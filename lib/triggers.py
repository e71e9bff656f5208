"""Triggers by which the database itself refuses to change what is settled, in the dialects of both databases.

For migrations. Where Django later rebuilds a table on SQLite (any change of a column does), its triggers go with the
old table: such a migration ends by making them again. A trigger on another table that names the rebuilt one has to be
taken away before (`allow`), or the rebuilding fails. tests/test_what_is_settled_stays.py tells when one is gone or
lacks a new column.
"""

from collections.abc import Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def changed(columns: Iterable[str]) -> str:
    """SQL: whether an update changes any of the columns. Compared as text, as "is distinct from" has two spellings."""
    pairs = [(f'CAST(OLD."{column}" AS text)', f'CAST(NEW."{column}" AS text)') for column in columns]
    return " OR ".join(f"COALESCE({old}, '') <> COALESCE({new}, '')" for old, new in pairs)


def refuse(editor: BaseDatabaseSchemaEditor, table: str, event: str, condition: str, message: str) -> None:
    """Refuse the event ("insert", "update", "delete") on rows where the SQL condition holds, with an IntegrityError."""
    name = f"{table}_keep_{event}"
    if editor.connection.vendor == "sqlite":
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    row = "OLD" if event == "delete" else "NEW"
    editor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {row}; END $$"
    )
    editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def set_aside(editor: BaseDatabaseSchemaEditor) -> list[str]:
    """Take every trigger away, and give the SQL that makes them again (see `put_back`).

    Only SQLite needs it, where a table that is made anew may be named by no trigger. PostgreSQL keeps its own.
    """
    if editor.connection.vendor != "sqlite":
        return []
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        found = cursor.fetchall()
    for name, _ in found:
        editor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def put_back(editor: BaseDatabaseSchemaEditor, aside: Iterable[str]) -> None:
    """Make again what was set aside."""
    for sql in aside:
        editor.execute(sql, None)


def allow(editor: BaseDatabaseSchemaEditor, table: str, event: str) -> None:
    """Take the refusal away."""
    name = f"{table}_keep_{event}"
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
