package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.vm.RunningVm;
import io.patchbay.emulators.vm.VmNode;
import io.patchbay.emulators.vm.VmSettings;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node that is a machine of VirtualBox's. */
final class VirtualBoxNode extends VmNode {
  private final VirtualBoxConnector connector;
  private final VBoxManage tool;
  private final String id;

  /**
   * @param id UUID of the machine
   */
  VirtualBoxNode(
      VirtualBoxConnector connector,
      ResourceAdapter adapter,
      NodeSite site,
      VmSettings settings,
      ConsolePort port,
      String id,
      Duration shutdownPatience) {
    super(adapter, NodeKinds.VIRTUALBOX, site, "VirtualBox VM", settings, port, shutdownPatience);
    this.connector = connector;
    this.tool = connector.tool();
    this.id = id;
  }

  @Override
  protected RunningVm powerOn() {
    warnOfMemory(settings().number(VirtualBoxConnector.RAM));
    VmInfo info = tool.info(id);
    Optional<Path> pipe = console().preparePipe();
    RunningVm machine =
        VirtualBoxMachine.start(
            tool,
            adapter,
            info,
            settings(),
            tunnels -> MachineOptions.beforeStart(settings(), info, adapters(), tunnels, pipe));
    tell("NameInGNS3", name());
    tell("ProjectDirInGNS3", site.directory(kind()).toString());
    return machine;
  }

  /** Tells the guest, for those who have scripts in it. */
  private void tell(String property, String value) {
    try {
      tool.run("guestproperty", "set", id, property, value);
    } catch (LabException refused) {
      warn(name() + ": " + refused.getMessage());
    }
  }

  @Override
  protected Optional<RunningVm> takeOver(JsonObject state) {
    return VirtualBoxMachine.adopt(tool, adapter, settings(), state);
  }

  @Override
  protected VmSettings changed(VmSettings now, JsonObject request) {
    // The machine itself stays the same one.
    VmSettings wanted =
        now.with(
            Json.createObjectBuilder(request)
                .remove(VirtualBoxConnector.MACHINE)
                .remove("linked_clone")
                .build());
    connector.requireTypes(wanted);
    if (wanted.adapters() != now.adapters()) {
      connector.requireAdapters(wanted, tool.info(id));
    }
    List<String> options = new ArrayList<>();
    int ram = wanted.number(VirtualBoxConnector.RAM);
    if (ram == 0) {
      wanted = wanted.with(VirtualBoxConnector.RAM, now.number(VirtualBoxConnector.RAM));
    } else if (ram != now.number(VirtualBoxConnector.RAM)) {
      options.addAll(List.of("--memory", Integer.toString(ram)));
    }
    String name = request.getString("name", name());
    if (now.linkedClone() && !name.equals(now.text(VirtualBoxConnector.MACHINE))) {
      options.addAll(List.of("--name", name));
      wanted = wanted.with(VirtualBoxConnector.MACHINE, name);
    }
    if (!options.isEmpty()) {
      if (isOn()) {
        throw LabException.conflict(
            "\"" + name() + "\" must be stopped to change its RAM or the name of its clone");
      }
      tool.modify(id, options);
    }
    return wanted;
  }

  @Override
  protected void requireUsable(int adapter) {
    if (!settings().usesAnyAdapter() && tool.info(id).leadsElsewhere(adapter)) {
      throw LabException.conflict(
          "Adapter "
              + adapter
              + " is attached to something else in VirtualBox; take that away, or let \""
              + name()
              + "\" use any adapter");
    }
  }

  @Override
  protected void leave(boolean released) {
    connector.forget(id);
    if (settings().linkedClone() && !released) {
      try {
        connector.clones().close(site, id);
      } catch (LabException refused) {
        warn(name() + ": " + refused.getMessage());
      }
    }
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    super.describe(node);
    if (settings().linkedClone()) {
      node.add("node_directory", site.directory(kind()).toString());
    } else {
      node.addNull("node_directory");
    }
  }
}
