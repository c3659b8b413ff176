namespace OpenClaw.Gateway.Bus.Maps;

/// <summary>An entry of a map.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value; shared, so read it and never write to it.</param>
/// <param name="Version">Changes with every write and never returns; higher is later within a map.</param>
public sealed record MapEntry(string Key, ReadOnlyMemory<byte> Value, long Version)
{
    /// <summary>The version of an entry that does not exist.</summary>
    public const long NoVersion = 0;
}
