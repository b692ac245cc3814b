package bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands between a hub and a server, and can stop passing bytes without closing anything,
 * as a network does that has come apart. New connections hang too. What was under way
 * arrives when it passes again, also if its sender has given up meanwhile.
 */
final class Relay implements Closeable {

	private final ServerSocket server;

	private final int target;

	private boolean apart;

	/**
	 * Starts it on a free port.
	 * @param target the server's port on this machine
	 */
	Relay(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		start("bench-relay-" + target, this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** Passes nothing any more. */
	synchronized void part() {
		this.apart = true;
	}

	/** Passes everything again. */
	synchronized void join() {
		this.apart = false;
		notifyAll();
	}

	private synchronized void await() throws IOException {
		try {
			while (this.apart) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket hub = this.server.accept();
				await();
				connect(hub);
			}
			catch (IOException ex) {
				// It is being closed.
			}
		}
	}

	/** As without a relay: who is refused by the server sees the connection end. */
	private void connect(Socket hub) throws IOException {
		Socket peer;
		try {
			peer = new Socket(InetAddress.getLoopbackAddress(), this.target);
		}
		catch (IOException ex) {
			hub.close();
			return;
		}
		hub.setTcpNoDelay(true);
		peer.setTcpNoDelay(true);
		start("bench-relay-there", () -> pass(hub, peer));
		start("bench-relay-back", () -> pass(peer, hub));
	}

	private void pass(Socket from, Socket to) {
		byte[] bytes = new byte[16 * 1024];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				await();
				out.write(bytes, 0, count);
			}
			await();
		}
		catch (IOException ex) {
			// One side has gone, and the other one learns of it.
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(null, task, name, 128 * 1024);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		join();
	}

}
