package io.patchbay.netstack.link;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.PortBinding;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tunnels of a compute. A controller names both ends of a link by UDP ports; where both are
 * here they are joined inside the process, elsewhere the frames go by UDP. Which of the two it is
 * may change while the owner holds its end. Thread-safe.
 */
public final class TunnelExchange {
  private final Netstack netstack;
  private final Map<Integer, Tunnel> open = new HashMap<>();

  public TunnelExchange(Netstack netstack) {
    this.netstack = netstack;
  }

  /**
   * Opens a tunnel end.
   *
   * @param localPort UDP port of this end
   * @param remoteHost where the other end is
   * @param remotePort UDP port of the other end
   * @throws BindException if the local port is taken
   */
  public StagedEnd open(int localPort, InetAddress remoteHost, int remotePort) throws IOException {
    // Each attempt takes the lock anew: other tunnels do not wait for this one's port.
    return PortBinding.patiently(() -> openNow(localPort, remoteHost, remotePort));
  }

  private synchronized StagedEnd openNow(int localPort, InetAddress remoteHost, int remotePort)
      throws IOException {
    if (open.containsKey(localPort)) {
      throw new BindException("port " + localPort + " is in use by another link");
    }
    Tunnel tunnel = new Tunnel(localPort, remoteHost, remotePort);
    Optional<Tunnel> peer = waitingPeer(tunnel);
    if (peer.isPresent()) {
      DirectLink direct = new DirectLink();
      peer.get().become(direct.left());
      tunnel.become(direct.right());
      tunnel.peer = peer;
      peer.get().peer = Optional.of(tunnel);
    } else {
      tunnel.become(openUdp(tunnel));
    }
    open.put(localPort, tunnel);
    return tunnel;
  }

  private Optional<Tunnel> waitingPeer(Tunnel tunnel) {
    return Optional.ofNullable(open.get(tunnel.remotePort))
        .filter(other -> other.remotePort == tunnel.localPort && other.peer.isEmpty())
        .filter(other -> isHere(tunnel.remoteHost) && isHere(other.remoteHost));
  }

  private static boolean isHere(InetAddress host) {
    try {
      return host.isLoopbackAddress()
          || host.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(host) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private LinkEnd openUdp(Tunnel tunnel) throws IOException {
    // Bound to every address, as the far end may reach us by any of them.
    byte[] any = new byte[tunnel.remoteHost instanceof Inet6Address ? 16 : 4];
    return netstack.openUdp(
        new InetSocketAddress(InetAddress.getByAddress(any), tunnel.localPort),
        new InetSocketAddress(tunnel.remoteHost, tunnel.remotePort));
  }

  private synchronized void close(Tunnel tunnel) {
    if (!open.remove(tunnel.localPort, tunnel)) {
      return;
    }
    tunnel.become(new Unplugged());
    tunnel.peer.ifPresent(this::waitAlone);
  }

  /** The other end stays, and whoever comes to its port next will reach it by UDP. */
  private void waitAlone(Tunnel left) {
    left.peer = Optional.empty();
    try {
      left.become(openUdp(left));
    } catch (IOException taken) {
      left.become(new Unplugged());
      System.getLogger(TunnelExchange.class.getName())
          .log(System.Logger.Level.WARNING, "UDP port " + left.localPort + " is lost", taken);
    }
  }

  /** What an owner holds; what is inside may change. */
  private final class Tunnel extends StagedEnd {
    private final int localPort;
    private final InetAddress remoteHost;
    private final int remotePort;
    private Optional<Tunnel> peer = Optional.empty();

    Tunnel(int localPort, InetAddress remoteHost, int remotePort) {
      super(new Unplugged());
      this.localPort = localPort;
      this.remoteHost = remoteHost;
      this.remotePort = remotePort;
    }

    @Override
    public void close() {
      receiver(FrameReceiver.DROP);
      TunnelExchange.this.close(this);
    }
  }
}
