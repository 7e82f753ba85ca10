"""Disks and clones of the stand-in for VBoxManage, and which machines are registered."""
import json
import os

from stand_in import STATE, Refusal
from vbox_machines import find, fresh_machine, machines, path, require_mutable, save, take


def register_disk(where):
    import uuid
    with open(os.path.join(STATE, str(uuid.uuid5(uuid.NAMESPACE_URL, where)) + ".disk"), "w",
              encoding="utf-8") as file:
        file.write(where)


def closemedium(args):
    import uuid
    kind, where = args
    file = os.path.join(STATE, str(uuid.uuid5(uuid.NAMESPACE_URL, where)) + ".disk")
    if kind != "disk" or not os.path.exists(file):
        raise Refusal("Could not find file for the medium '%s'" % where)
    os.remove(file)


def snapshot(args):
    vm_name, action, name = args
    vm = find(vm_name)
    if action != "take":
        raise Refusal("Invalid snapshot command")
    vm["snapshots"].append(name)
    save(vm)


def clonevm(args):
    import uuid
    base = find(take(args, 1, "clonevm")[0])
    options = {}
    register = False
    while args:
        option = take(args, 1, "clonevm")[0]
        if option == "--register":
            register = True
        elif option in ("--snapshot", "--options", "--name", "--basefolder", "--uuid"):
            options[option], = take(args, 1, option)
        else:
            raise Refusal("Unknown option: %s" % option)
    if options["--snapshot"] not in base["snapshots"]:
        raise Refusal("Could not find a snapshot named '%s'" % options["--snapshot"])
    if options["--options"] != "link" or not register:
        raise Refusal("only linked clones are made here")
    name = options["--name"]
    if any(vm["name"] == name for vm in machines()):
        raise Refusal("A machine named '%s' already exists" % name)
    home = os.path.join(options["--basefolder"], name)
    vm = fresh_machine(name, str(uuid.UUID(options["--uuid"])))
    vm["memory"], vm["file"] = base["memory"], os.path.join(home, name + ".vbox")
    os.makedirs(os.path.join(home, "Snapshots"))
    disk = os.path.join(home, "Snapshots", "{%s}.vdi" % vm["uuid"])
    with open(disk, "wb") as file:
        file.write(b"<<< Oracle VM VirtualBox Disk Image >>>\n".ljust(64, b"\0") + b"\xbe\xda\x10\x7f")
    register_disk(disk)
    vm["disks"] = {"SATA Controller-0-0": disk, "IDE-1-0": "emptydrive"}
    with open(vm["file"], "w", encoding="utf-8") as file:
        json.dump(vm, file)
    save(vm)


def registervm(args):
    file, = args
    if any(vm["file"] == file for vm in machines()):
        raise Refusal("Machine settings file '%s' is already registered" % file)
    with open(file, encoding="utf-8") as settings:
        vm = json.load(settings)
    vm["file"] = file
    if any(vm["uuid"] == other["uuid"] or vm["name"] == other["name"] for other in machines()):
        raise Refusal("A machine with this UUID or name exists")
    save(vm)


def unregistervm(args):
    import shutil
    vm = find(take(args, 1, "unregistervm")[0])
    if args not in ([], ["--delete"]):
        raise Refusal("Invalid parameter")
    if vm["state"] in ("running", "paused"):
        raise Refusal("Cannot unregister the machine '%s' while it is locked" % vm["name"])
    vm["state"] = "poweroff"
    vm["disks"] = {}
    os.remove(path(vm["uuid"]))
    if args:
        shutil.rmtree(os.path.dirname(vm["file"]))
    else:
        with open(vm["file"], "w", encoding="utf-8") as file:
            json.dump(vm, file)


def storageattach(args):
    vm = find(take(args, 1, "storageattach")[0])
    require_mutable(vm)
    options = {}
    while args:
        option = take(args, 1, "storageattach")[0]
        if option not in ("--storagectl", "--port", "--device", "--type", "--medium"):
            raise Refusal("Unknown option: %s" % option)
        options[option], = take(args, 1, option)
    if options.get("--type") != "hdd":
        raise Refusal("Invalid --type argument")
    place = "%s-%d-%d" % (options["--storagectl"], int(options["--port"]), int(options["--device"]))
    if options["--medium"] == "none":
        vm["disks"].pop(place)
    else:
        if not os.path.exists(options["--medium"]):
            raise Refusal("Could not find file for the medium '%s'" % options["--medium"])
        register_disk(options["--medium"])
        vm["disks"][place] = options["--medium"]
    save(vm)


def rename(vm, name):
    if any(other["name"] == name for other in machines()):
        raise Refusal("A machine named '%s' already exists" % name)
    old = os.path.dirname(vm["file"])
    new = os.path.join(os.path.dirname(old), name)
    os.rename(old, new)
    os.rename(os.path.join(new, vm["name"] + ".vbox"), os.path.join(new, name + ".vbox"))
    vm["disks"] = {place: where.replace(old + os.sep, new + os.sep) for place, where in vm["disks"].items()}
    vm["file"] = os.path.join(new, name + ".vbox")
    vm["name"] = name
