namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>The session belongs to another core by now; nothing was written.</summary>
internal sealed class SessionLostException(string sessionKey) : IOException($"The session {sessionKey} is worked on by another process of the gateway.");
