namespace OpenClaw.Gateway.Client.Errors;

/// <summary>A file under <c>identity/</c> in the state directory cannot be read or written. Names the file and what to do.</summary>
public sealed class GatewayStateException(string message, Exception? inner = null) : GatewayException(message, null, inner);
