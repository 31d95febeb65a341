"""What Django does is compared with what secretkey-lint says: projects are generated, run and checked."""
