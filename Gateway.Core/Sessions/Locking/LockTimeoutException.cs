namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>Another process kept a lock file for longer than the kind of lock is waited for.</summary>
internal sealed class LockTimeoutException(string message) : IOException(message);
