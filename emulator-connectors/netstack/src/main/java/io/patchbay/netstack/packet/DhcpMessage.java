package io.patchbay.netstack.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DHCP message (RFC 2131, options by RFC 2132).
 *
 * @param options by code, in order of appearance; a code that comes twice keeps its last value
 */
public record DhcpMessage(Octets octets, Map<Integer, Octets> options) {
  public static final int SERVER_PORT = 67;
  public static final int CLIENT_PORT = 68;

  public static final int DISCOVER = 1;
  public static final int OFFER = 2;
  public static final int REQUEST = 3;
  public static final int DECLINE = 4;
  public static final int ACK = 5;
  public static final int NAK = 6;
  public static final int RELEASE = 7;

  public static final int SUBNET_MASK = 1;
  public static final int ROUTERS = 3;
  public static final int DNS_SERVERS = 6;
  public static final int HOST_NAME = 12;
  public static final int DOMAIN = 15;
  public static final int REQUESTED_ADDRESS = 50;
  public static final int LEASE_TIME = 51;
  public static final int MESSAGE_TYPE = 53;
  public static final int SERVER = 54;
  public static final int PARAMETER_LIST = 55;
  public static final int RENEWAL_TIME = 58;
  public static final int REBINDING_TIME = 59;
  public static final int CLIENT = 61;

  private static final int FIXED = 236;
  private static final int COOKIE = 0x63825363;
  private static final int PAD = 0;
  private static final int END = 255;
  // Relays and servers may drop what is shorter than BOOTP's fixed size.
  private static final int LEAST = 300;

  /**
   * @throws MalformedException if it is none
   */
  public static DhcpMessage of(Octets octets) {
    if (octets.i32(FIXED) != COOKIE || octets.u8(1) != 1 || octets.u8(2) != 6) {
      throw new MalformedException("no DHCP over Ethernet");
    }
    Map<Integer, Octets> options = new LinkedHashMap<>();
    int at = FIXED + 4;
    while (at < octets.length() && octets.u8(at) != END) {
      if (octets.u8(at) == PAD) {
        at++;
      } else {
        int length = octets.u8(at + 1);
        options.put(octets.u8(at), octets.slice(at + 2, at + 2 + length));
        at += 2 + length;
      }
    }
    return new DhcpMessage(octets, options);
  }

  /** Whether it goes from a client to a server. */
  public boolean isRequest() {
    return octets.u8(0) == 1;
  }

  public int transaction() {
    return octets.i32(4);
  }

  /** The address that the client has. */
  public Ipv4Address clientAddress() {
    return new Ipv4Address(octets.i32(12));
  }

  /** The address that the client is given. */
  public Ipv4Address yourAddress() {
    return new Ipv4Address(octets.i32(16));
  }

  public Ipv4Address nextServer() {
    return new Ipv4Address(octets.i32(20));
  }

  public Ipv4Address relay() {
    return new Ipv4Address(octets.i32(24));
  }

  public long clientMac() {
    return octets.u48(28);
  }

  /** What kind of message it is; 0 if it does not say. */
  public int type() {
    Octets type = options.get(MESSAGE_TYPE);
    return type == null ? 0 : type.u8(0);
  }

  public Optional<Ipv4Address> address(int code) {
    return addresses(code).stream().findFirst();
  }

  /** All addresses of an option, in order; empty if it is not there. */
  public List<Ipv4Address> addresses(int code) {
    List<Ipv4Address> found = new ArrayList<>();
    Octets option = options.get(code);
    if (option != null) {
      for (int at = 0; at + 4 <= option.length(); at += 4) {
        found.add(new Ipv4Address(option.i32(at)));
      }
    }
    return found;
  }

  /** Of an option that is a number of seconds. */
  public Optional<Long> seconds(int code) {
    Octets option = options.get(code);
    return option == null || option.length() != 4 ? Optional.empty() : Optional.of(option.u32(0));
  }

  public Optional<String> text(int code) {
    return Optional.ofNullable(options.get(code))
        .map(option -> new String(option.toBytes(), StandardCharsets.ISO_8859_1))
        .map(text -> text.replaceAll("\\p{Cntrl}", ""));
  }

  /** Makes a client's message. */
  public static Builder request(int type, int transaction, long mac, Ipv4Address clientAddress) {
    return new Builder(type, transaction, mac, clientAddress);
  }

  /** Takes options one by one. */
  public static final class Builder {
    private final ByteBuffer out = ByteBuffer.allocate(1024);

    private Builder(int type, int transaction, long mac, Ipv4Address clientAddress) {
      out.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 0).putInt(transaction).putInt(0);
      out.putInt(clientAddress.bits());
      out.putShort(28, (short) (mac >> 32)).putInt(30, (int) mac);
      out.position(FIXED).putInt(COOKIE);
      option(MESSAGE_TYPE, new byte[] {(byte) type});
    }

    public Builder option(int code, byte[] value) {
      out.put((byte) code).put((byte) value.length).put(value);
      return this;
    }

    public Builder option(int code, Ipv4Address value) {
      return option(code, ByteBuffer.allocate(4).putInt(value.bits()).array());
    }

    /** The client's MAC address as its identifier. */
    public Builder client(long mac) {
      ByteBuffer value = ByteBuffer.allocate(7).put((byte) 1);
      return option(CLIENT, value.putShort((short) (mac >> 32)).putInt((int) mac).array());
    }

    public byte[] build() {
      out.put((byte) END);
      byte[] message = new byte[Math.max(LEAST, out.position())];
      out.get(0, message, 0, out.position());
      return message;
    }
  }
}
