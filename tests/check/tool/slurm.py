# SPDX-License-Identifier: LGPL-2.1-or-later
"""A cluster of two nodes on this machine, by Debian's munge and Slurm."""
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time

import media
import tap

DAEMONS = ('munged', 'slurmctld', 'slurmd')
NODES = ('one', 'two')
CONFIGURATION = '''
ClusterName=check
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A job that is put back waits until nobody can hold a credential of its.
AuthInfo=socket={folder}/munge.sock,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
MailProg=/bin/true
NodeName=one NodeHostname={host} NodeAddr=127.0.0.1 Port={one} CPUs=2
NodeName=two NodeHostname={host} NodeAddr=127.0.0.1 Port={two} CPUs=2
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
'''


def free_ports(n):
    sockets = [socket.create_server(('127.0.0.1', 0)) for _ in range(n)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


def wait_until(condition, what):
    """What the condition returns once it is true: Slurm tells nobody."""
    end = time.monotonic() + media.TIMEOUT
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < end, 'waited for ' + what
        time.sleep(0.05)


def find(daemon):
    found = shutil.which(daemon, path='/usr/sbin:/usr/local/sbin:' +
                         os.environ['PATH'])
    if not found:
        raise tap.Skip(daemon + ' is not there: apt-get install munge '
                       'slurmctld slurmd slurm-client')
    return found


class Cluster:
    """Raises tap.Skip where it does not start, with what it says."""

    def __init__(self):
        self.programs = {daemon: find(daemon) for daemon in DAEMONS}
        self.running = []
        # The path of munge's socket may not be long.
        self.folder = tempfile.mkdtemp(prefix='kakaoocr-', dir='/tmp')
        os.chmod(self.folder, 0o755)

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, daemon, *options):
        with open(self.path('said'), 'ab') as said:
            self.running.append(subprocess.Popen(
                [self.programs[daemon], *options], env=self.env, stdout=said,
                stderr=said, stdin=subprocess.DEVNULL))

    def complain(self):
        """Why it did not start."""
        lines = []
        for name in sorted(os.listdir(self.folder)):
            if name.endswith('.log') or name == 'said':
                with open(self.path(name), encoding='utf-8',
                          errors='replace') as log:
                    lines += [line.strip() for line in log
                              if re.search('error|fatal', line, re.IGNORECASE)]
        return '; '.join(lines[-3:]) or 'nothing is told'

    def ask(self, *command):
        """What a command of Slurm's prints; '' when it fails."""
        done = subprocess.run(command, env=self.env, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=media.TIMEOUT)
        return done.stdout.strip() if done.returncode == 0 else ''

    def is_up(self):
        assert all(daemon.poll() is None for daemon in self.running)
        return self.ask('sinfo', '-h', '-t', 'idle', '-o', '%D') == \
            str(len(NODES))

    def __enter__(self):
        self.env = dict(os.environ, SLURM_CONF=self.path('slurm.conf'))
        # It would be the test's, not the daemons'.
        self.env.pop('LD_LIBRARY_PATH', None)
        controller, one, two = free_ports(3)
        with open(self.env['SLURM_CONF'], 'w', encoding='ascii') as out:
            out.write(CONFIGURATION.format(
                host=socket.gethostname().split('.')[0], user=os.getuid(),
                folder=self.folder, controller=controller, one=one, two=two))
        with open(self.path('key'), 'wb') as key:
            os.fchmod(key.fileno(), 0o600)
            key.write(os.urandom(1024))
        for folder in ['state'] + ['spool-' + node for node in NODES]:
            os.mkdir(self.path(folder))
        try:
            self.start('munged', '--foreground', *(
                '--%s=%s' % (option, self.path(name)) for option, name in (
                    ('key-file', 'key'), ('socket', 'munge.sock'),
                    ('pid-file', 'munged.pid'), ('log-file', 'munged.log'),
                    ('seed-file', 'seed'))))
            wait_until(lambda: os.path.exists(self.path('munge.sock'))
                       or self.running[0].poll() is not None, 'munged')
            self.start('slurmctld', '-D', '-i')
            for node in NODES:
                self.start('slurmd', '-D', '-N', node)
            wait_until(self.is_up, 'the nodes')
        except AssertionError as error:
            reason = self.complain()
            self.__exit__()
            raise tap.Skip('Slurm does not start here: ' + reason) from error
        return self

    def __exit__(self, *_):
        for daemon in reversed(self.running):
            daemon.terminate()
            daemon.wait(media.TIMEOUT)
        shutil.rmtree(self.folder)
