"""YAML in all its uses: compose files, Kubernetes, Helm, Ansible, CI, clouds, settings of dynaconf."""
