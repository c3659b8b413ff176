namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>A message as it came out of the queue.</summary>
/// <param name="Message">The message.</param>
/// <param name="Id">Its id in the queue, the same each time it comes.</param>
/// <param name="Before">Id of the message of its session that came last before it and was not settled then; null for none.</param>
/// <param name="ComesBack">Somebody may have worked on it.</param>
internal sealed record DeliveredMessage(AcceptedMessage Message, string Id, string? Before, bool ComesBack)
{
    public string RunId => Message.RunId;

    public string SessionKey => Message.SessionKey;
}
