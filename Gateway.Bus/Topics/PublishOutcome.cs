namespace OpenClaw.Gateway.Bus.Topics;

/// <summary>What became of a message on its way out.</summary>
public enum PublishOutcome
{
    /// <summary>Handed to the bus. It is not known, and not promised, that anyone received it.</summary>
    Published = 1,

    /// <summary>Larger than the bus carries; nothing was sent.</summary>
    TooLarge,

    /// <summary>The bus cannot be reached; the message is gone.</summary>
    Unavailable,
}
