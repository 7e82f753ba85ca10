package io.patchbay.spi;

import io.patchbay.spi.NodeKind.PortLayout;
import io.patchbay.spi.NodeKind.Trait;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of node that Patchbay knows. They are here and not with their connectors because the
 * controller needs them too and never sees a connector.
 */
public final class NodeKinds {
  public static final NodeKind VPCS =
      new NodeKind(
          "vpcs",
          PortLayout.SINGLE_ETHERNET,
          Set.of(Trait.START_ANSWERS_NODE, Trait.RELOADABLE, Trait.LINK_SETTINGS, Trait.CONSOLE));

  public static final NodeKind ETHERNET_SWITCH =
      new NodeKind("ethernet_switch", PortLayout.ETHERNET_PORTS_MAPPING, Set.of(Trait.ALWAYS_ON));

  public static final NodeKind ETHERNET_HUB =
      new NodeKind("ethernet_hub", PortLayout.ETHERNET_PORTS_MAPPING, Set.of(Trait.ALWAYS_ON));

  private static final Map<String, NodeKind> BY_WIRE_NAME =
      List.of(VPCS, ETHERNET_SWITCH, ETHERNET_HUB).stream()
          .collect(Collectors.toUnmodifiableMap(NodeKind::wireName, Function.identity()));

  private NodeKinds() {}

  /** The kind with this {@code node_type}; empty for kinds that Patchbay does not know. */
  public static Optional<NodeKind> find(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }
}
