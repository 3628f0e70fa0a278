#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Reads a recipe as bitbake does, as far as ours need it, and runs its tasks.

usage: yocto.py RECIPE WORK [NAME=VALUE]..., what the build system would set.
A line that is none of the forms that bitbake knows is an error.
"""
import os
import re
import subprocess
import sys

ASSIGN = re.compile(r'^([A-Z][A-Za-z0-9_:${}]*) *(\+=|\.=|\?=|:=|=) *"(.*)"$')

# What module.bbclass runs.
MODULE = {
    'do_compile': '''unset CFLAGS CPPFLAGS CXXFLAGS LDFLAGS
        oe_runmake KERNEL_PATH=${STAGING_KERNEL_DIR} KERNEL_VERSION=${KERNEL_VERSION} \
        CC="${KERNEL_CC}" LD="${KERNEL_LD}" AR="${KERNEL_AR}" OBJCOPY="${KERNEL_OBJCOPY}" \
        STRIP="${KERNEL_STRIP}" O=${STAGING_KERNEL_BUILDDIR} KBUILD_EXTRA_SYMBOLS="" \
        ${MAKE_TARGETS}''',
    'do_install': '''unset CFLAGS CPPFLAGS CXXFLAGS LDFLAGS
        oe_runmake DEPMOD=echo MODLIB="${D}/lib/modules/${KERNEL_VERSION}" \
        INSTALL_FW_PATH="${D}/lib/firmware" CC="${KERNEL_CC}" LD="${KERNEL_LD}" \
        OBJCOPY="${KERNEL_OBJCOPY}" STRIP="${KERNEL_STRIP}" O=${STAGING_KERNEL_BUILDDIR} \
        KBUILD_EXTRA_SYMBOLS="" ${MODULES_INSTALL_TARGET}
        test -e ${B}/Module.symvers''',
}


class Recipe:
    def __init__(self, path, values):
        self.vars = dict(values)
        self.tasks = {}
        self.classes = []
        self.vars['THISDIR'] = os.path.dirname(os.path.realpath(path))
        self.vars['PN'] = self.vars['BPN'] = os.path.basename(path)[:-3]
        self.read(path)

    def getVar(self, name):
        return self.expand(self.vars[name])

    def expand(self, text):
        def python(match):
            return str(eval(match.group(1), {'os': os, 'd': self}))
        text = re.sub(r'\$\{@((?:[^{}]|\{[^{}]*\})*)\}', python, text)
        return re.sub(r'\$\{([A-Za-z0-9_]+)\}', lambda m: self.getVar(m.group(1)), text)

    def read(self, path):
        lines = iter(open(path, encoding='ascii').read().splitlines())
        for number, line in enumerate(lines, 1):
            assign = ASSIGN.match(line)
            if not line or line.startswith('#'):
                continue
            if line.startswith('inherit '):
                for name in line.split()[1:]:
                    self.inherit(name)
            elif line.startswith('require '):
                self.read(os.path.join(os.path.dirname(path), line.split()[1]))
            elif assign:
                self.assign(*assign.groups())
            elif re.match(r'^do_[a-z]+\(\) \{$', line):
                self.tasks[line.split('(')[0]] = '\n'.join(iter(lines.__next__, '}'))
            else:
                sys.exit(f'{path}:{number}: not understood: {line}')

    def inherit(self, name):
        self.classes.append(name)
        if name == 'module':
            self.vars.setdefault('MODULES_INSTALL_TARGET', 'modules_install')
            self.assign('EXTRA_OEMAKE', '+=', 'KERNEL_SRC=${STAGING_KERNEL_DIR}')
            self.tasks.update(MODULE)

    def assign(self, name, operator, value):
        name = self.expand(name)
        if operator == '+=':
            value = (self.vars.get(name, '') + ' ' + value).strip()
        if operator != '?=' or name not in self.vars:
            self.vars[name] = value

    def run(self, task):
        script = f'''set -e; cd {self.getVar('B')}
        oe_runmake() {{ make {self.expand(self.vars.get('EXTRA_OEMAKE', ''))} "$@"; }}
        {self.expand(self.tasks[task])}'''
        environment = {'PATH': os.environ['PATH']}
        for name in self.vars.get('EXPORTED', '').split():
            environment[name] = self.getVar(name)
        subprocess.run(['sh', '-c', script], check=True, env=environment)


def checksum_is_right(recipe):
    name, expected = re.match(r'file://(.*);md5=(.*)$', recipe.getVar('LIC_FILES_CHKSUM')).groups()
    said = subprocess.check_output(['md5sum', recipe.getVar('S') + '/' + name], text=True)
    return said.split()[0] == expected


def main():
    work = sys.argv[2]
    recipe = Recipe(sys.argv[1], [pair.split('=', 1) for pair in sys.argv[3:]])
    assert 'externalsrc' in recipe.classes
    recipe.vars.update(S=recipe.getVar('EXTERNALSRC'), B=work + '/build', D=work + '/image')
    os.makedirs(recipe.getVar('B'))
    assert checksum_is_right(recipe), 'LIC_FILES_CHKSUM'
    for name in recipe.vars:
        recipe.getVar(name)
    for task in 'do_configure', 'do_compile', 'do_install':
        recipe.run(task)
    print(recipe.getVar('PN'), recipe.getVar('PV'))


main()
