using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Logs;

/// <summary>Params of <c>logs.tail</c>.</summary>
public sealed record LogsTailParams
{
    /// <summary>Byte offset to go on from; absent for the end of the file.</summary>
    [Bounds(0)]
    public long? Cursor { get; init; }

    /// <summary>Most lines to return; 500 when absent.</summary>
    [Bounds(1, 5000)]
    public long? Limit { get; init; }

    /// <summary>Most bytes to read; 250 000 when absent.</summary>
    [Bounds(1, 1_000_000)]
    public long? MaxBytes { get; init; }
}

/// <summary>Result of <c>logs.tail</c>.</summary>
public sealed record LogsTailResult
{
    /// <summary>Path of the log file.</summary>
    public required string File { get; init; }

    /// <summary>Offset for the next call.</summary>
    public required long Cursor { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Whole lines.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>True when older lines were left out.</summary>
    public required bool Truncated { get; init; }

    /// <summary>True when the cursor was too old or the file was rotated.</summary>
    public required bool Reset { get; init; }
}
