"""The study: the only place where verbs meet."""

from clusternet.study.asking import DEFAULT_RESAMPLES
from clusternet.study.checking import verify_study
from clusternet.study.publishing import publish_study
from clusternet.study.running import Study, load_survey, run_study

__all__ = ["DEFAULT_RESAMPLES", "Study", "load_survey", "publish_study", "run_study", "verify_study"]
