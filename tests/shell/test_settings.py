"""Environment -> Settings: everything wrong is named at once, and no secret shows."""

from pathlib import Path

import pytest

from worker.errors import SettingsError
from worker.settings import Settings

NEEDED = {"CALCIFHIR_REDIS_URL": "redis://127.0.0.1:6379/0", "CALCIFHIR_EHR_URL": "https://ehr.example.org/fhir/"}


def problems_of(env: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(NEEDED | env)
    return refused.value.problems


def test_what_is_needed_is_enough() -> None:
    settings = Settings.from_env(NEEDED)
    assert settings == Settings(redis_url="redis://127.0.0.1:6379/0", ehr_base_url="https://ehr.example.org/fhir")
    assert (settings.gather_deadline_seconds, settings.max_message_bytes) == (120.0, 1024 * 1024)


def test_every_variable_reaches_its_field(tmp_path: Path) -> None:
    given = {
        "BROKER_URL": "amqp://broker//",
        "KEY_PREFIX": "site:",
        "EHR_FHIR_VERSION": "R5",
        "EHR_TOKEN": "secret-token",
        "EHR_TIMEOUT_SECONDS": "2.5",
        "EHR_PATIENT_MATCH": "identifier",
        "SENDERS": "engine:0123456789abcdef, ris:fedcba9876543210",
        "MAPPINGS": str(tmp_path),
        "ALLOW_VOLATILE": "yes",
        "GATHER_DEADLINE_SECONDS": "0",
        "LEASE_SECONDS": "45",
        "POISON_LIMIT": "5",
        "SWEEP_SECONDS": "1",
        "RING_SECONDS": "7",
        "MAX_MESSAGE_BYTES": "1000",
        "MAX_ATTACHMENT_MESSAGE_BYTES": "2000",
        "KEEP_DAYS": "3",
    }
    settings = Settings.from_env(NEEDED | {f"CALCIFHIR_{name}": value for name, value in given.items()})
    assert settings == Settings(
        redis_url="redis://127.0.0.1:6379/0",
        ehr_base_url="https://ehr.example.org/fhir",
        broker_url="amqp://broker//",
        key_prefix="site:",
        ehr_fhir_version="R5",
        ehr_token="secret-token",
        ehr_timeout_seconds=2.5,
        ehr_patient_match="identifier",
        senders={"engine": "0123456789abcdef", "ris": "fedcba9876543210"},
        mappings=(tmp_path,),
        allow_volatile=True,
        gather_deadline_seconds=0.0,
        lease_seconds=45.0,
        poison_limit=5,
        sweep_seconds=1.0,
        ring_seconds=7.0,
        max_message_bytes=1000,
        max_attachment_message_bytes=2000,
        keep_days=3.0,
    )


def test_all_that_is_missing_or_wrong_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"CALCIFHIR_LEASE_SECONDS": "soon", "CALCIFHIR_EHR_FHIR_VERSION": "STU3"})
    assert len(refused.value.problems) == 4
    for name in ("REDIS_URL", "EHR_URL", "LEASE_SECONDS", "EHR_FHIR_VERSION"):
        assert f"CALCIFHIR_{name}" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "http://127.0.0.1"),
        ("REDIS_URL", "rediss://redis:6379/0?ssl_cert_reqs=none"),
        ("REDIS_URL", "rediss://redis:6379/0?ssl_cert_reqs=OPTIONAL"),
        ("EHR_URL", "ehr.example.org"),
        ("EHR_URL", "ftp://ehr.example.org"),
        ("EHR_URL", "https://user:secret@ehr.example.org/fhir"),
        ("EHR_URL", "https://ehr.example.org/fhir?a=b"),
        ("EHR_PATIENT_MATCH", "guess"),
        ("EHR_TIMEOUT_SECONDS", "0"),
        ("EHR_TIMEOUT_SECONDS", "nan"),
        ("EHR_TIMEOUT_SECONDS", "inf"),
        ("GATHER_DEADLINE_SECONDS", "-1"),
        ("LEASE_SECONDS", "1"),
        ("POISON_LIMIT", "0"),
        ("POISON_LIMIT", "2.5"),
        ("POISON_LIMIT", "²"),
        ("ALLOW_VOLATILE", "maybe"),
        ("MAPPINGS", "/no/such/folder"),
        ("SENDERS", "engine"),
        ("SENDERS", "engine:short"),
        ("SENDERS", "a:0123456789abcdef a:fedcba9876543210"),
        ("SENDERS", "a:0123456789abcdef b:0123456789abcdef"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: str) -> None:
    (problem,) = problems_of({f"CALCIFHIR_{name}": value})
    assert problem.startswith(f"CALCIFHIR_{name} ")


@pytest.mark.parametrize(("given", "meant"), [("LEASE_SECOND", "LEASE_SECONDS"), ("EHR_TOKENS", "EHR_TOKEN")])
def test_a_misspelt_variable_is_noticed(given: str, meant: str) -> None:
    (problem,) = problems_of({f"CALCIFHIR_{given}": "30"})
    assert problem == f"CALCIFHIR_{given} is unknown; did you mean CALCIFHIR_{meant}?"


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.from_env(NEEDED | {"CALCIFHIR_CORPUS": "x", "REDIS_URL": "x", "PATH": "/bin"})


def test_a_secret_may_come_as_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("from-a-file\n", encoding="utf-8")
    assert Settings.from_env(NEEDED | {"CALCIFHIR_EHR_TOKEN_FILE": str(secret)}).ehr_token == "from-a-file"
    url = tmp_path / "redis"
    url.write_text("redis://:password@redis:6379/0\n", encoding="utf-8")
    env = {"CALCIFHIR_REDIS_URL_FILE": str(url), "CALCIFHIR_EHR_URL": "http://ehr/fhir"}
    assert Settings.from_env(env).redis_url == "redis://:password@redis:6379/0"


def test_a_secret_given_twice_or_not_readable_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in problems_of({"CALCIFHIR_EHR_TOKEN_FILE": str(tmp_path / "none")})[0]
    secret = tmp_path / "token"
    secret.write_text("a", encoding="utf-8")
    both = {"CALCIFHIR_EHR_TOKEN": "a", "CALCIFHIR_EHR_TOKEN_FILE": str(secret)}
    assert "both set" in problems_of(both)[0]


def test_no_secret_shows() -> None:
    env = {
        "CALCIFHIR_REDIS_URL": "redis://:PLANTED@redis/0",
        "CALCIFHIR_BROKER_URL": "redis://:PLANTED@broker/0",
        "CALCIFHIR_EHR_TOKEN": "PLANTED",
        "CALCIFHIR_SENDERS": "engine:PLANTED0123456789",
    }
    assert "PLANTED" not in repr(Settings.from_env(NEEDED | env))
    assert "PLANTED" not in "".join(problems_of(env | {"CALCIFHIR_REDIS_URL": "PLANTED://:PLANTED@redis"}))
    assert "PLANTED" not in "".join(problems_of({"CALCIFHIR_EHR_URL": "https://u:PLANTED@ehr/fhir"}))
