"""What the path of a file of configuration says of where it counts."""

import pytest

from secretkey_lint.project.context import of_path

PATHS = {
    "production": """
        docker-compose.yml docker-compose.prod.yml chart/values.yaml chart/templates/secret.yaml helm/app/templates/all.yaml
        roles/web/templates/env.j2 group_vars/all k8s/secret.yaml template.yaml app.yaml chart/templates/_helpers.tpl
        shop/config/override.py contests/settings.py
    """,
    "development": """
        docker-compose.override.yml compose.dev.yaml values-dev.yaml values-local.yml group_vars/vagrant group_vars/dev/vars.yml
        k8s/overlays/dev/secret.yaml local-dev/secrets.yaml env.d/dev-keycloak/values.yaml .devcontainer/compose.yml skaffold.yaml
    """,
    "test": "docker-compose.test.yml molecule/default/converge.yml values-ci.yaml tests/values.yaml .tests/vars.yml e2e/compose.yml group_vars/testing tests_functional/app/settings.py",
    "example": """
        .github/workflows/test.yml .gitea/workflows/a.yaml .gitlab-ci.yml .gitlab-ci.test.yml .circleci/config.yml azure-pipelines.yml
        azure-pipelines-dev.yml cloudbuild.yaml buildspec.yml .travis.yml .pre-commit-config.yaml values.example.yaml values.yaml.dist
        docs/deploy/secret.yaml examples/chart/templates/secret.yaml templates/docker-compose.yml
        {{cookiecutter.name}}/chart/templates/secret.yaml docker-compose.sample.yml
    """,
}


@pytest.mark.parametrize(("path", "context"), [(path, context) for context in PATHS for path in PATHS[context].split()])
def test_contexts_of_paths(path: str, context: str) -> None:
    assert of_path(path) == context
