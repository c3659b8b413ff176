namespace OpenClaw.Gateway.Bus.Maps;

/// <summary>What came of a write.</summary>
public enum MapWriteOutcome
{
    /// <summary>Written.</summary>
    Written = 1,

    /// <summary>The entry is not as expected; nothing was written.</summary>
    Conflict,

    /// <summary>The map has as many entries as it may have; nothing was written. Entries that exist can still be changed.</summary>
    Full,

    /// <summary>Key or value is larger than allowed; nothing was written.</summary>
    TooLarge,
}

/// <summary>The answer to a write.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Version">The new version when written, else <see cref="MapEntry.NoVersion"/>.</param>
/// <param name="Current">On a conflict the entry that is there, or null when there is none.</param>
public readonly record struct MapWrite(MapWriteOutcome Outcome, long Version = MapEntry.NoVersion, MapEntry? Current = null)
{
    /// <summary>True when it was written.</summary>
    public bool IsWritten => Outcome == MapWriteOutcome.Written;
}
