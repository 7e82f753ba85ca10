package io.patchbay.spi;

import java.util.Set;

/**
 * What is known of a kind of node before any node of it exists. Whatever differs between kinds on
 * the wire is said here, so that no resource or service needs to compare kinds by name.
 *
 * @param wireName the {@code node_type} of API v2
 */
public record NodeKind(String wireName, PortLayout ports, Set<Trait> traits) {

  public NodeKind {
    traits = Set.copyOf(traits);
  }

  /** How a kind differs from a plain node that is started, stopped, and wired at its ports. */
  public enum Trait {
    /** Runs from its creation on; start, stop and suspend change nothing and tell nothing. */
    ALWAYS_ON,
    /** A start answers 200 with the node; without this trait 204 and no body. */
    START_ANSWERS_NODE,
    /** Has the {@code reload} route. */
    RELOADABLE,
    /** Can be suspended, and has the {@code resume} route. */
    SUSPENDABLE,
    /** Has the {@code resize_disk} route. */
    DISKS,
    /** Has the {@code PUT nio} route: filters and suspension of a running link. */
    LINK_SETTINGS,
    /** Stands for networks of the host; two such nodes cannot be linked. */
    HOST_NETWORK,
    /** A capture must name its data link type; without this trait it is Ethernet by default. */
    NAMED_CAPTURE_TYPE,
    /** Has the {@code console/ws} and {@code console/reset} routes. */
    CONSOLE,
    /** Takes {@code console_type} among its settings. */
    CONSOLE_TYPE,
    /** Has the {@code idlepc_proposals} and {@code auto_idlepc} routes. */
    IDLE_PC,
    /** A start brings the licence of IOU, see {@link Licensed}. */
    LICENSED,
    /** Has an {@code application_id} that no other node has; controllers choose it. */
    APPLICATION_ID,
    /** A start may say where to, see {@link Tracer}. */
    TRACES,
    /** Has the {@code interfaces/vmnet} route, see {@link VmnetSource}. */
    VMNETS
  }

  /** Where the ports of a node come from. */
  public enum PortLayout {
    /** One Ethernet adapter with one port. */
    SINGLE_ETHERNET,
    /** One Ethernet port for each entry of the property {@code ports_mapping}, called e0, e1... */
    ETHERNET_PORTS_MAPPING,
    /** The same, but short names are the names themselves. */
    NAMED_PORTS_MAPPING,
    /** Ethernet adapters of one port each, named by the node's settings for port names. */
    ETHERNET_ADAPTERS,
    /** Ethernet adapters called eth0, eth1... */
    CONTAINER_ADAPTERS,
    /** Ethernet and then serial adapters of four ports each. */
    FOUR_PORT_ADAPTERS,
    /** Cards in the slots of a Cisco router, which decide what ports there are. */
    ROUTER_SLOTS,
    /** Serial ports that the property {@code mappings} of an ATM switch names. */
    ATM_MAPPINGS,
    /** Serial ports that the property {@code mappings} of a Frame Relay switch names. */
    FRAME_RELAY_MAPPINGS
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
