"""Ready to use on a platform: what an instructor uploads or commits there, made of templates."""
