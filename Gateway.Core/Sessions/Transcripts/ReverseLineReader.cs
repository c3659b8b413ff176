using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Reads a file's lines from the last to the first, touching only as much of its end as is asked for.</summary>
internal sealed class ReverseLineReader(SafeFileHandle file)
{
    private const int BlockBytes = 64 * 1024;

    private byte[] _buffer = [];
    private int _length;
    private long _position = RandomAccess.GetLength(file);
    private bool _started;
    private bool _finished;

    /// <summary>The line without its line feed; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Bytes of the file that have been passed, counted from its end.</summary>
    public long Passed { get; private set; }

    /// <summary>Moves to the line before; false at the start of the file, or at a line beyond <see cref="LineReader.MaxLineBytes"/>.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_finished)
            return false;
        if (!_started)
        {
            _started = true;
            await PrependAsync(cancellationToken).ConfigureAwait(false);
            if (_length > 0 && _buffer[_length - 1] == '\n')
                Drop(1);
        }
        while (true)
        {
            var feed = _buffer.AsSpan(0, _length).LastIndexOf((byte)'\n');
            if (feed >= 0)
            {
                Line = _buffer.AsMemory(feed + 1, _length - feed - 1);
                Drop(_length - feed);
                return true;
            }
            if (_length > LineReader.MaxLineBytes)
                return !(_finished = true);
            if (await PrependAsync(cancellationToken).ConfigureAwait(false))
                continue;
            _finished = true;
            Line = _buffer.AsMemory(0, _length);
            Passed += _length;
            return _length > 0;
        }
    }

    private void Drop(int bytes)
    {
        _length -= bytes;
        Passed += bytes;
    }

    /// <summary>Reads the block before; twice as much as is already there, so that a long line costs its length once.</summary>
    private async ValueTask<bool> PrependAsync(CancellationToken cancellationToken)
    {
        var size = (int)Math.Min(_position, Math.Max(BlockBytes, _length));
        if (size == 0)
            return false;
        var larger = new byte[size + _length];
        _buffer.AsSpan(0, _length).CopyTo(larger.AsSpan(size));
        _position -= size;
        var filled = 0;
        while (filled < size)
        {
            var read = await RandomAccess.ReadAsync(file, larger.AsMemory(filled, size - filled), _position + filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException("The transcript became shorter while it was read.");
            filled += read;
        }
        _buffer = larger;
        _length += size;
        return true;
    }
}
