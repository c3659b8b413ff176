using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Files;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FileToolsTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _workspace;
    private readonly RootedDirectory _root;

    public FileToolsTests()
    {
        _workspace = _directory["workspace"];
        Directory.CreateDirectory(_workspace);
        File.WriteAllText(_directory["secret.txt"], "secret");
        _root = new RootedDirectory(_workspace, _directory.Path);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Write_NewFileInNewDirectory_SaysSizeAndKeepsContent()
    {
        var result = await CallAsync(new WriteTool(_root), """{"path":"sub/dir/a.txt","content":"grüß"}""");

        Assert.Equal("Successfully wrote 6 bytes to sub/dir/a.txt", TextOf(result));
        Assert.Equal("grüß", File.ReadAllText(Path.Combine(_workspace, "sub/dir/a.txt")));
        Assert.Single(Directory.GetFiles(Path.Combine(_workspace, "sub/dir")));
    }

    [Fact]
    public async Task Write_Existing_ReplacesAndKeepsMode()
    {
        var path = Path.Combine(_workspace, "run.sh");
        File.WriteAllText(path, "old and longer");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await CallAsync(new WriteTool(_root), """{"file_path":"run.sh","content":"new"}""");

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Read_WithOffsetAndLimit_SaysHowToGoOn()
    {
        File.WriteAllText(Path.Combine(_workspace, "a.txt"), string.Join('\n', Enumerable.Range(1, 213)));

        var result = await CallAsync(new ReadTool(_root), """{"path":"a.txt","offset":5,"limit":3}""");

        Assert.Equal("5\n6\n7\n\n[206 more lines in file. Use offset=8 to continue.]", TextOf(result));
    }

    [Fact]
    public async Task Read_LongFile_StopsAfterTwoThousandLines()
    {
        File.WriteAllText(Path.Combine(_workspace, "a.txt"), string.Join('\n', Enumerable.Range(1, 2500)));

        var text = TextOf(await CallAsync(new ReadTool(_root), """{"path":"a.txt"}"""));

        Assert.EndsWith("\n2000\n\n[Showing lines 1-2000 of 2500. Use offset=2001 to continue.]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WideFile_StopsAtFiftyKilobytes()
    {
        File.WriteAllText(Path.Combine(_workspace, "a.txt"), string.Join('\n', Enumerable.Repeat(new string('x', 1023), 100)));

        var text = TextOf(await CallAsync(new ReadTool(_root), """{"path":"a.txt"}"""));

        Assert.EndsWith("[Showing lines 1-50 of 100 (50.0KB limit). Use offset=51 to continue.]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Missing_SaysEnoentWithWholePath()
    {
        var result = await CallAsync(new ReadTool(_root), """{"path":"nope.txt"}""");

        Assert.True(result.IsError);
        Assert.Equal($"ENOENT: no such file or directory, access '{_workspace}/nope.txt'", ErrorOf(result));
    }

    [Fact]
    public async Task Read_Picture_ShowsItByItsContentNotItsName()
    {
        File.WriteAllBytes(Path.Combine(_workspace, "a.txt"), [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2]);

        var result = await CallAsync(new ReadTool(_root), """{"path":"a.txt"}""");

        Assert.Equal("image/png", Assert.IsType<ImageBlock>(result.Content[1]).MimeType);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("~/secret.txt")]
    [InlineData("link-out")]
    [InlineData("dir-out/secret.txt")]
    [InlineData("chain")]
    [InlineData("")]
    [InlineData("a\u0000b")]
    public async Task AnyTool_PathOutside_IsRefused(string path)
    {
        File.CreateSymbolicLink(Path.Combine(_workspace, "link-out"), _directory["secret.txt"]);
        File.CreateSymbolicLink(Path.Combine(_workspace, "dir-out"), _directory.Path);
        File.CreateSymbolicLink(Path.Combine(_workspace, "chain"), "link-out");
        var quoted = new JsonObject { ["path"] = path, ["content"] = "x", ["oldText"] = "secret", ["newText"] = "x" }.ToJsonString();

        foreach (var tool in (IAgentTool[])[new ReadTool(_root), new WriteTool(_root), new EditTool(_root)])
        {
            var result = await CallAsync(tool, quoted);
            Assert.True(result.IsError, tool.Name);
            Assert.DoesNotContain("secret\"", TextOf(result).Replace("secret.txt", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        Assert.Equal("secret", File.ReadAllText(_directory["secret.txt"]));
    }

    [Fact]
    public async Task Read_LinkInside_IsFollowed()
    {
        File.WriteAllText(Path.Combine(_workspace, "real.txt"), "inside");
        File.CreateSymbolicLink(Path.Combine(_workspace, "link"), "real.txt");

        Assert.Equal("inside", TextOf(await CallAsync(new ReadTool(_root), """{"path":"link"}""")));
    }

    [Fact]
    public async Task Resolve_WorkspaceIsItselfLink_Works()
    {
        File.CreateSymbolicLink(_directory["alias"], _workspace);
        var root = new RootedDirectory(_directory["alias"], _directory.Path);

        await CallAsync(new WriteTool(root), """{"path":"a.txt","content":"x"}""");

        Assert.True(File.Exists(Path.Combine(_workspace, "a.txt")));
        Assert.Equal("x", TextOf(await CallAsync(new ReadTool(root), $$"""{"path":"{{_directory["alias"]}}/a.txt"}""")));
    }

    [Fact]
    public async Task Write_DirectorySwappedForLinkAfterCheck_DoesNotFollowIt()
    {
        Directory.CreateDirectory(Path.Combine(_workspace, "sub"));
        var path = _root.Resolve("sub/a.txt");
        Directory.Delete(Path.Combine(_workspace, "sub"));
        File.CreateSymbolicLink(Path.Combine(_workspace, "sub"), _directory.Path);

        await Assert.ThrowsAnyAsync<IOException>(() => path.WriteAllBytesAsync(Encoding.UTF8.GetBytes("x"), CancellationToken.None));

        Assert.False(File.Exists(_directory["a.txt"]));
    }

    [Fact]
    public async Task ReadAndWrite_WhileSomebodySwapsTheDirectory_NeverTouchTheOutside()
    {
        Directory.CreateDirectory(_directory["outside"]);
        File.WriteAllText(_directory["outside", "a.txt"], "outside");
        var sub = Path.Combine(_workspace, "sub");
        using var stop = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.CreateDirectory(sub);
                Directory.Delete(sub, recursive: true);
                File.CreateSymbolicLink(sub, _directory["outside"]);
                File.Delete(sub);
            }
        });
        for (var i = 0; i < 300; i++)
        {
            Assert.NotEqual("outside", TextOf(await CallAsync(new ReadTool(_root), """{"path":"sub/a.txt"}""")));
            await CallAsync(new WriteTool(_root), """{"path":"sub/a.txt","content":"inside"}""");
        }
        await stop.CancelAsync();
        await swapping.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).WithTimeout();

        Assert.Equal("outside", File.ReadAllText(_directory["outside", "a.txt"]));
        Assert.Single(Directory.GetFiles(_directory["outside"]));
    }

    [Fact]
    public async Task Edit_OneMatch_ReplacesAndShowsDiff()
    {
        File.WriteAllText(Path.Combine(_workspace, "note.txt"), "alpha\nbeta\ngamma\n");

        var result = await CallAsync(new EditTool(_root), """{"path":"note.txt","oldText":"beta","newText":"BETA"}""");

        Assert.Equal("Successfully replaced text in note.txt.", TextOf(result));
        Assert.Equal(" 1 alpha\n-2 beta\n+2 BETA\n 3 gamma", (string?)result.Details!["diff"]);
        Assert.Equal(2, (int?)result.Details["firstChangedLine"]);
        Assert.Equal("alpha\nBETA\ngamma\n", File.ReadAllText(Path.Combine(_workspace, "note.txt")));
    }

    [Fact]
    public async Task Edit_WindowsLinesAndByteOrderMark_AreKept()
    {
        File.WriteAllText(Path.Combine(_workspace, "w.txt"), "\uFEFFone\r\ntwo\r\nthree\r\n", new UTF8Encoding(false));

        await CallAsync(new EditTool(_root), """{"path":"w.txt","old_string":"one\ntwo","new_string":"1\n2"}""");

        Assert.Equal("\uFEFF1\r\n2\r\nthree\r\n", Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_workspace, "w.txt"))));
    }

    [Theory]
    [InlineData("zzz", "Could not find the exact text in note.txt. The old text must match exactly including all whitespace and newlines.")]
    [InlineData("a", "Found 3 occurrences of the text in note.txt. The text must be unique. Please provide more context to make it unique.")]
    [InlineData("", "oldText is empty. Use write to make a new file.")]
    public async Task Edit_NotExactlyOneMatch_LeavesFile(string oldText, string error)
    {
        File.WriteAllText(Path.Combine(_workspace, "note.txt"), "a b a c a");

        var result = await CallAsync(new EditTool(_root), new JsonObject { ["path"] = "note.txt", ["oldText"] = oldText, ["newText"] = "y" }.ToJsonString());

        Assert.Equal(error, ErrorOf(result));
        Assert.Equal("a b a c a", File.ReadAllText(Path.Combine(_workspace, "note.txt")));
    }

    private static Task<ToolResult> CallAsync(IAgentTool tool, string arguments)
    {
        var (checkedArguments, errors) = ToolArguments.Check(tool, (JsonObject)JsonNode.Parse(arguments)!);
        Assert.Empty(errors);
        return tool.ExecuteAsync(new ToolInvocation("call", checkedArguments, static _ => { }), CancellationToken.None);
    }

    private static string TextOf(ToolResult result) => ((TextBlock)result.Content[0]).Text;

    private static string? ErrorOf(ToolResult result) => (string?)result.Details!["error"];
}
