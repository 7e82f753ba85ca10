package io.patchbay.netstack.device;

/**
 * The settings of a switch port.
 *
 * @param vlan VLAN of an access port, native (untagged) VLAN of a trunk, outer VLAN of a tunnel
 *     port
 * @param tagType EtherType of the outer tag that frames from a tunnel port get; else unused
 */
public record SwitchPort(Mode mode, int vlan, int tagType) {
  /** The tag of IEEE 802.1Q. */
  public static final int DOT1Q_TAG = 0x8100;

  /** How a port treats tags. */
  public enum Mode {
    /** Frames of one VLAN, without the switch's tag. A tag that a frame brings is payload. */
    ACCESS,
    /** A trunk: frames of every VLAN with a tag, those of the native VLAN without. */
    DOT1Q,
    /** A customer's tunnel port (IEEE 802.1ad): whatever arrives belongs to the outer VLAN. */
    QINQ
  }

  public SwitchPort(Mode mode, int vlan) {
    this(mode, vlan, DOT1Q_TAG);
  }
}
