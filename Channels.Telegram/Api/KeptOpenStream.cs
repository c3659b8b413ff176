namespace OpenClaw.Channels.Telegram.Api;

/// <summary>A stream that is read by somebody who closes what he has read, and is not his.</summary>
internal sealed class KeptOpenStream(Stream inner) : WrappedStream(inner);
