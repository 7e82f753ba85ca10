"""Machines of the stand-in for VBoxManage: files in its directory of states, and cards of theirs."""
import json
import os
import re

from stand_in import HOME, STATE, Refusal, alive, replace, trick

CHIPSETS = {"piix3": 8, "ich9": 36}
NIC_TYPES = ("Am79C970A", "Am79C973", "82540EM", "82543GC", "82545EM", "virtio")


def path(vm_id):
    return os.path.join(STATE, vm_id + ".json")


def load(vm_id):
    with open(path(vm_id), encoding="utf-8") as file:
        vm = json.load(file)
    if vm["state"] in ("running", "paused") and not alive(vm["pid"]):
        vm["state"] = "aborted"
    return vm


def save(vm):
    replace(path(vm["uuid"]), vm)


def machines():
    return [load(name[:-5]) for name in sorted(os.listdir(STATE)) if name.endswith(".json")]


def find(name):
    for vm in machines():
        if name in (vm["uuid"], vm["name"]):
            return vm
    raise Refusal("Could not find a registered machine named '%s'" % name)


def fresh_machine(name, vm_id):
    return {"name": name, "uuid": vm_id, "memory": 512, "chipset": "piix3", "state": "poweroff",
            "pid": 0, "nics": {}, "uart1": "off", "pipe": "", "snapshots": [], "properties": {},
            "extra": {}, "disks": {}, "file": os.path.join(HOME, name, name + ".vbox")}


def nic(vm, number):
    return vm["nics"].setdefault(str(number), {
        "attachment": "nat" if number == 1 and trick("nat-" + vm["name"]) else "none",
        "type": "82540EM", "cable": "on", "driver": "", "properties": {}, "mac": ""})


def require_mutable(vm):
    if vm["state"] in ("running", "paused"):
        raise Refusal("The machine '%s' is already locked for a session (or being unlocked)" % vm["name"])
    if vm["state"] == "saved":
        raise Refusal("The machine is not mutable or running (state is Saved)")


def take(args, count, what):
    if len(args) < count:
        raise Refusal("Missing argument to '%s'" % what)
    values, args[:] = args[:count], args[count:]
    return values


def modify_nic(vm, what, number, value):
    if not 1 <= number <= CHIPSETS[vm["chipset"]]:
        raise Refusal("Invalid NIC slot %d" % number)
    card = nic(vm, number)
    if what == "nic":
        if value not in ("none", "null", "nat", "bridged", "intnet", "hostonly", "generic"):
            raise Refusal("Invalid type '%s' specfied for NIC %d" % (value, number))
        card["attachment"] = value
    elif what == "nictype":
        if value not in NIC_TYPES:
            raise Refusal("Invalid NIC type '%s' specified for NIC %d" % (value, number))
        card["type"] = value
    elif what == "nicgenericdrv":
        card["driver"] = value
    elif what == "nicproperty":
        name, _, text = value.partition("=")
        if not name or not text:
            raise Refusal("Invalid --nicproperty%d argument '%s'" % (number, value))
        card["properties"][name] = text
    elif what == "macaddress":
        if not re.fullmatch(r"[0-9A-Fa-f]{12}", value):
            raise Refusal("Invalid MAC address '%s'" % value)
        card["mac"] = value
    else:
        if value not in ("on", "off"):
            raise Refusal("Invalid value '%s'" % value)
        if what == "cableconnected":
            card["cable"] = value
