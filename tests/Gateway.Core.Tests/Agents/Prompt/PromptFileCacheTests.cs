using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Prompt;

public sealed class PromptFileCacheTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly PromptFileCache _cache = new();

    private string File => _directory["AGENTS.md"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Read_Missing_IsNull() => Assert.Null(await _cache.ReadAsync(File, default));

    [Fact]
    public async Task Read_Unchanged_IsTheSameText()
    {
        await System.IO.File.WriteAllTextAsync(File, "---\nname: x\n---\n\nrules");

        var first = await _cache.ReadAsync(File, default);

        Assert.Equal("rules", first);
        Assert.Same(first, await _cache.ReadAsync(File, default));
    }

    [Fact]
    public async Task Read_Changed_IsTheNewText()
    {
        await System.IO.File.WriteAllTextAsync(File, "old");
        Assert.Equal("old", await _cache.ReadAsync(File, default));

        await System.IO.File.WriteAllTextAsync(File, "newer");

        Assert.Equal("newer", await _cache.ReadAsync(File, default));
    }

    [Fact]
    public async Task Read_Removed_IsNull()
    {
        await System.IO.File.WriteAllTextAsync(File, "old");
        await _cache.ReadAsync(File, default);

        System.IO.File.Delete(File);

        Assert.Null(await _cache.ReadAsync(File, default));
    }

    [Fact]
    public async Task Read_Directory_IsNull()
    {
        Directory.CreateDirectory(File);

        Assert.Null(await _cache.ReadAsync(File, default));
    }
}
