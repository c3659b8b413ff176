using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Reads a file line by line in one reused buffer, so that memory follows the longest line and not the file.</summary>
internal sealed class LineReader(SafeFileHandle file, long start = 0) : IDisposable
{
    /// <summary>A line longer than this is skipped, in bytes. The longest real ones are images of 5 MB as base64.</summary>
    public const int MaxLineBytes = 256 * 1024 * 1024;

    private const int BlockBytes = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _first;
    private int _end;
    private long _position = start;

    /// <summary>The line without its line feed; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Where the line begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>False for a last line that has no line feed.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>The line was too long; <see cref="Line"/> is empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Moves to the next line; false at the end of the file.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = 0;
        IsTooLong = false;
        Offset = _position - (_end - _first);
        while (true)
        {
            var feed = _buffer.AsSpan(_first + scanned, _end - _first - scanned).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                Take(scanned + feed, skip: 1);
                return true;
            }
            scanned = _end - _first;
            if (scanned > MaxLineBytes)
            {
                IsTooLong = true;
                (_first, _end, scanned) = (0, 0, 0);
            }
            if (await FillAsync(cancellationToken).ConfigureAwait(false))
                continue;
            if (scanned == 0 && !IsTooLong)
                return false;
            Take(scanned, skip: 0);
            return true;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Take(int length, int skip)
    {
        IsTerminated = skip > 0;
        Line = IsTooLong ? default : _buffer.AsMemory(_first, length);
        _first += length + skip;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_first > 0)
        {
            _buffer.AsSpan(_first, _end - _first).CopyTo(_buffer);
            (_first, _end) = (0, _end - _first);
        }
        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        var read = await RandomAccess.ReadAsync(file, _buffer.AsMemory(_end), _position, cancellationToken).ConfigureAwait(false);
        _end += read;
        _position += read;
        return read > 0;
    }
}
