package io.patchbay.spi;

import io.patchbay.spi.NodeKind.PortLayout;
import io.patchbay.spi.NodeKind.Trait;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of node of API v2, those that no connector here serves yet included: a controller shows
 * them as their own computes or project files describe them. They are here and not with their
 * connectors because the controller needs them and never sees a connector.
 */
public final class NodeKinds {
  public static final NodeKind VPCS =
      new NodeKind(
          "vpcs",
          PortLayout.SINGLE_ETHERNET,
          Set.of(
              Trait.START_ANSWERS_NODE,
              Trait.RELOADABLE,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE,
              Trait.CONSOLE_TYPE));

  public static final NodeKind ETHERNET_SWITCH =
      new NodeKind(
          "ethernet_switch",
          PortLayout.ETHERNET_PORTS_MAPPING,
          Set.of(Trait.ALWAYS_ON, Trait.CONSOLE, Trait.CONSOLE_TYPE, Trait.NAMED_CAPTURE_TYPE));

  public static final NodeKind ETHERNET_HUB =
      new NodeKind(
          "ethernet_hub",
          PortLayout.ETHERNET_PORTS_MAPPING,
          Set.of(Trait.ALWAYS_ON, Trait.NAMED_CAPTURE_TYPE));

  public static final NodeKind QEMU =
      new NodeKind(
          "qemu",
          PortLayout.ETHERNET_ADAPTERS,
          Set.of(
              Trait.START_ANSWERS_NODE,
              Trait.RELOADABLE,
              Trait.SUSPENDABLE,
              Trait.DISKS,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE,
              Trait.CONSOLE_TYPE));

  public static final NodeKind DYNAMIPS =
      new NodeKind(
          "dynamips",
          PortLayout.ROUTER_SLOTS,
          Set.of(
              Trait.RELOADABLE,
              Trait.SUSPENDABLE,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE,
              Trait.CONSOLE_TYPE,
              Trait.IDLE_PC));

  public static final NodeKind IOU =
      new NodeKind(
          "iou",
          PortLayout.FOUR_PORT_ADAPTERS,
          Set.of(
              Trait.START_ANSWERS_NODE,
              Trait.RELOADABLE,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE,
              Trait.CONSOLE_TYPE,
              Trait.LICENSED,
              Trait.APPLICATION_ID));

  public static final NodeKind FRAME_RELAY_SWITCH =
      new NodeKind("frame_relay_switch", PortLayout.FRAME_RELAY_MAPPINGS, Set.of(Trait.ALWAYS_ON));

  public static final NodeKind ATM_SWITCH =
      new NodeKind("atm_switch", PortLayout.ATM_MAPPINGS, Set.of(Trait.ALWAYS_ON));

  public static final NodeKind VIRTUALBOX =
      new NodeKind(
          "virtualbox",
          PortLayout.ETHERNET_ADAPTERS,
          Set.of(
              Trait.RELOADABLE,
              Trait.SUSPENDABLE,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE,
              Trait.CONSOLE_TYPE));

  public static final NodeKind TRACENG =
      new NodeKind(
          "traceng",
          PortLayout.SINGLE_ETHERNET,
          Set.of(
              Trait.START_ANSWERS_NODE,
              Trait.RELOADABLE,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE_TYPE,
              Trait.TRACES));

  public static final NodeKind VMWARE =
      new NodeKind(
          "vmware",
          PortLayout.ETHERNET_ADAPTERS,
          Set.of(
              Trait.RELOADABLE,
              Trait.SUSPENDABLE,
              Trait.LINK_SETTINGS,
              Trait.CONSOLE,
              Trait.CONSOLE_TYPE,
              Trait.VMNETS));

  private static final Map<String, NodeKind> BY_WIRE_NAME =
      List.of(
              VPCS,
              ETHERNET_SWITCH,
              ETHERNET_HUB,
              QEMU,
              DYNAMIPS,
              IOU,
              FRAME_RELAY_SWITCH,
              ATM_SWITCH,
              VIRTUALBOX,
              TRACENG,
              VMWARE,
              new NodeKind(
                  "cloud",
                  PortLayout.NAMED_PORTS_MAPPING,
                  Set.of(Trait.ALWAYS_ON, Trait.LINK_SETTINGS, Trait.HOST_NETWORK)),
              new NodeKind(
                  "nat",
                  PortLayout.NAMED_PORTS_MAPPING,
                  Set.of(Trait.ALWAYS_ON, Trait.LINK_SETTINGS, Trait.HOST_NETWORK)),
              machine("docker", PortLayout.CONTAINER_ADAPTERS))
          .stream()
          .collect(Collectors.toUnmodifiableMap(NodeKind::wireName, Function.identity()));

  private NodeKinds() {}

  /** A kind that only other computes run, so that what a start answers is not looked at. */
  private static NodeKind machine(String wireName, PortLayout ports) {
    return new NodeKind(
        wireName,
        ports,
        Set.of(Trait.RELOADABLE, Trait.LINK_SETTINGS, Trait.CONSOLE, Trait.CONSOLE_TYPE));
  }

  public static Collection<NodeKind> all() {
    return BY_WIRE_NAME.values();
  }

  /** The kind with this {@code node_type}; empty if API v2 has none. */
  public static Optional<NodeKind> find(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }
}
