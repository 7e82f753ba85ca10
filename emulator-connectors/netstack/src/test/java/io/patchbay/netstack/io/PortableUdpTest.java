package io.patchbay.netstack.io;

import io.patchbay.netstack.NetstackConfig;

class PortableUdpTest extends UdpContract {
  PortableUdpTest() {
    super(NetstackConfig.Io.PORTABLE);
  }
}
