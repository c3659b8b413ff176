namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>What the contract says about one event.</summary>
public abstract class EventContract
{
    private protected EventContract(string name, Type payloadType)
    {
        Name = name;
        PayloadType = payloadType;
    }

    /// <summary>Name on the wire.</summary>
    public string Name { get; }

    /// <summary>Type of the payload.</summary>
    public Type PayloadType { get; }
}

/// <summary>An event with a typed payload.</summary>
/// <typeparam name="TPayload">Payload type, known to the JSON context.</typeparam>
public sealed class EventContract<TPayload> : EventContract
{
    internal EventContract(string name)
        : base(name, typeof(TPayload))
    {
    }
}
