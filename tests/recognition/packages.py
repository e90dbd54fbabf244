# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian's packages that a measurement needs."""
import os
import subprocess


def install(names):
    """Those of them that are missing."""
    missing = [name for name in names if subprocess.run(
        ['dpkg', '-s', name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode]
    if missing:
        sudo = [] if os.geteuid() == 0 else ['sudo']
        subprocess.run([*sudo, 'apt-get', 'install', '-y', '--no-install-recommends', *missing], check=True)
