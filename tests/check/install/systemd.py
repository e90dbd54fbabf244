# SPDX-License-Identifier: LGPL-2.1-or-later
"""The server's socket and unit under a systemd of their own: what `meson install`
leaves, laid over this machine's files, and systemd as the first process in there.
Everything that the unit forbids is forbidden."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile

import tap

BUILD, PREFIX = sys.argv[1:3]
SERVICE = 'kakaoocr-server.service'
URL = 'http://127.0.0.1:8060'
KEY = 'a-key-of-the-test'
# Only these two: what a machine does to start is nobody's concern here.
ALONE = '[Unit]\nDefaultDependencies=no\n'
WANTED = '[Unit]\nRequires=kakaoocr-server.socket\n' + ALONE[7:]
# A root directory, not a chroot: in one the unit may not have users of its own.
BOOT = '''
set -e
home=$1 root=$1/root group=kakaoocr-test-$$
mount -t overlay overlay \
  -o "lowerdir=/,upperdir=$home/upper,workdir=$home/work" "$root"
for procs in /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/*/cgroup.procs; do
  # Some take no process before they are set up; it needs only its own.
  ([ ! -e "$procs" ] || mkdir "${procs%/*}/$group" &&
    echo $$ >"${procs%/*}/$group/cgroup.procs") 2>/dev/null || true
done
exec unshare --cgroup --pid --fork --kill-child --ipc --uts --net sh -c '
  set -e
  cd "$1"
  mount -t proc proc proc
  mount -t sysfs -o ro sysfs sys
  mount -t tmpfs tmpfs run
  mount -t tmpfs tmpfs tmp
  mount -t tmpfs -o mode=755 tmpfs dev
  mkdir run/old run/told dev/pts dev/shm
  # A socket in an overlay is not the one that is below it.
  mount --bind "$1/../told" run/told
  for device in null zero full random urandom tty; do
    cp -a "/dev/$device" dev/
  done
  touch dev/console
  mount -t devpts -o newinstance devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  pivot_root . run/old
  umount -l /run/old
  mount --make-rshared /
  exec env -i container=lxc NOTIFY_SOCKET=/run/told/socket \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=kakaoocr-test.target \
    --log-target=console --show-status=0 </dev/null >/dev/null 2>&1
' boot "$root"
'''

scratch = tempfile.TemporaryDirectory(prefix='kakaoocr-systemd-')
boot = None


def path(*names):
    return os.path.join(scratch.name, *names)


def write(name, text):
    os.makedirs(os.path.dirname(path('upper', name)), exist_ok=True)
    with open(path('upper', name), 'w', encoding='ascii') as file:
        file.write(text)


def first_process():
    """The pid of that systemd, in whose namespaces it is seen."""
    with open('/proc/%d/task/%d/children' % (boot.pid, boot.pid),
              encoding='ascii') as file:
        return file.read().split()[0]


def inside(*command, check=True):
    done = subprocess.run(
        ['nsenter', '-t', first_process(), '-m', '-p', '-n', '-i', '-u', '-C',
         '-r', '-w', 'env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
         *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL, encoding='utf-8', check=False, timeout=100)
    assert not check or done.returncode == 0, (command, done)
    return done.stdout


def shown(name):
    return inside('systemctl', 'show', SERVICE, '--value', '-p', name).strip()


def ask(*arguments):
    """The status and the body of an answer."""
    body, status = inside('curl', '-s', '-w', '\n%{http_code}',
                          *arguments).rsplit('\n', 1)
    return int(status), body


def post(*arguments):
    return ask('-F', 'image=@/picture.png', *arguments, URL + '/ai/OCR/local')


def wait_until_up(told):
    """It tells the manager of its container, which is us, when it is ready."""
    told.settimeout(60)
    while 'READY=1' not in told.recv(4096).decode('utf-8').split('\n'):
        pass


def systemd_starts():
    global boot
    if os.geteuid() != 0:
        raise tap.Skip('only root may')
    if not os.path.exists('/lib/systemd/systemd'):
        raise tap.Skip('systemd is not there')
    if PREFIX != '/usr':
        raise tap.Skip('systemd looks for units in /usr, and this build is for '
                       '%s (-Dprefix=/usr)' % PREFIX)
    for name in ['upper', 'work', 'root', 'told']:
        os.mkdir(path(name))
    subprocess.run(['meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet',
                    '--destdir', path('upper')], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(
        ['gst-launch-1.0', '-q', 'videotestsrc', 'pattern=white',
         'num-buffers=1', '!', 'video/x-raw,width=640,height=120', '!',
         'textoverlay', 'text=Hello 42', 'color=0xff000000',
         'font-desc=DejaVu Sans 40', 'draw-shadow=false', '!', 'videoconvert',
         '!', 'pngenc', '!', 'filesink', 'location=' + path('upper/picture.png')],
        check=True)
    units = 'etc/systemd/system/'
    for name in ['kakaoocr-server.socket', SERVICE]:
        write(units + name + '.d/alone.conf', ALONE)
    write(units + 'kakaoocr-test.target', WANTED)
    write('etc/machine-id', '%032x\n' % os.getpid())
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(path('told', 'socket'))
        boot = subprocess.Popen(['unshare', '--mount', 'sh', '-c', BOOT, 'boot',
                                 scratch.name], stdin=subprocess.DEVNULL)
        wait_until_up(told)


def under_systemd(test):
    def run():
        if boot is None:
            raise tap.Skip('systemd was not started')
        test()
    run.__name__ = test.__name__
    return run


@under_systemd
def a_request_starts_the_server():
    assert shown('ActiveState') == 'inactive', shown('ActiveState')
    assert ask(URL + '/healthz') == (200, '{"status":"ok"}')
    assert shown('ActiveState') == 'active', shown('ActiveState')


@under_systemd
def it_is_nobody_and_may_nothing():
    status = inside('cat', '/proc/%s/status' % shown('MainPID'))
    values = dict(line.split(':\t', 1) for line in status.splitlines()
                  if ':\t' in line)
    assert '0' not in values['Uid'].split(), values['Uid']
    assert int(values['CapBnd'], 16) == 0, values['CapBnd']
    assert values['NoNewPrivs'] == '1' and values['Seccomp'] == '2', values


@under_systemd
def it_reads_a_picture():
    status, body = post()
    words = [region['recognized_word'][0] for region
             in json.loads(body)['responses'][0]['results']]
    assert (status, words) == (200, ['Hello', '42']), (status, words)


@under_systemd
def another_follows_one_that_was_killed():
    before = shown('MainPID')
    assert before != '0'
    inside('kill', '-KILL', before)
    assert ask(URL + '/healthz')[0] == 200
    assert shown('MainPID') not in (before, '0'), before


@under_systemd
def its_key_comes_from_the_credential_store():
    inside('sh', '-c', 'umask 077; mkdir -p /etc/credstore; echo %s '
           '>/etc/credstore/kakaoocr-server' % KEY)
    inside('systemctl', 'restart', SERVICE)
    assert post()[0] == 401
    assert post('-H', 'x-api-key: ' + KEY)[0] == 200


@under_systemd
def it_ends_when_it_is_told():
    inside('systemctl', 'stop', 'kakaoocr-server.socket', SERVICE)
    assert (shown('ActiveState'), shown('Result')) == ('inactive', 'success')


def remove_groups():
    for parent, _, _ in os.walk('/sys/fs/cgroup', topdown=False):
        if '/kakaoocr-test-%d' % boot.pid in parent:
            os.rmdir(parent)


try:
    tap.run([(test.__name__, test) for test in [
        systemd_starts, a_request_starts_the_server,
        it_is_nobody_and_may_nothing, it_reads_a_picture,
        another_follows_one_that_was_killed,
        its_key_comes_from_the_credential_store, it_ends_when_it_is_told]])
finally:
    if boot:
        os.kill(int(first_process()), signal.SIGKILL)
        boot.wait()
        remove_groups()
