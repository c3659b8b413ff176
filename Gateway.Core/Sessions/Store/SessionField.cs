using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>One field of an entry; objects are laid out for depth 2 of sessions.json.</summary>
internal readonly record struct SessionField(string Name, RawJson Value);
