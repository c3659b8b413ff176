namespace OpenClaw.Gateway.Bus.Maps;

/// <summary>Kinds of change.</summary>
public enum MapChangeKind
{
    /// <summary>An entry was written.</summary>
    Set,

    /// <summary>An entry was removed.</summary>
    Removed,

    /// <summary>An entry's time ran out.</summary>
    Expired,

    /// <summary>Changes were lost because the watcher was slow or cut off: list the map again.</summary>
    Missed,
}

/// <summary>A change of a map. Changes of one key are told in their order.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Key">To which key; empty for <see cref="MapChangeKind.Missed"/>.</param>
/// <param name="Entry">The new entry for <see cref="MapChangeKind.Set"/>, else null.</param>
public readonly record struct MapChange(MapChangeKind Kind, string Key, MapEntry? Entry);
