package io.patchbay.runtime.console;

/** Control keys as terminals send them. */
public final class Keys {
  static final int CTRL_A = 1;
  public static final int CTRL_C = 3;
  static final int CTRL_D = 4;
  static final int CTRL_E = 5;
  static final int CTRL_K = 11;
  static final int CTRL_N = 14;
  static final int CTRL_P = 16;
  static final int CTRL_U = 21;

  private Keys() {}
}
