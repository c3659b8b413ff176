namespace OpenClaw.Gateway.Bus.Topics;

/// <summary>One received message.</summary>
/// <param name="Payload">Shared between the subscribers of a process; read it, never write to it.</param>
/// <param name="DroppedBefore">How many messages this subscriber lost between the previous one and this one; not 0 means: fetch the state anew.</param>
public readonly record struct TopicMessage(ReadOnlyMemory<byte> Payload, long DroppedBefore);
