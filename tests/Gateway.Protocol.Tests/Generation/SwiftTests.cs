using System.Text;
using System.Text.RegularExpressions;
using OpenClaw.Gateway.Protocol.Generation;

namespace OpenClaw.Gateway.Protocol.Tests.Generation;

/// <summary>What can be said about Swift text without a Swift compiler.</summary>
public sealed class SwiftTests
{
    private static readonly string Swift = Encoding.UTF8.GetString(
        new ProtocolArtifacts(ContractDocs.LoadFrom(AppContext.BaseDirectory)).Generate().Single(file => file.FileName.EndsWith(".swift", StringComparison.Ordinal)).Utf8.Span);

    private static readonly string Code = string.Join('\n', Swift.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [Fact]
    public void Code_Brackets_AreBalanced()
    {
        var open = new Stack<char>();
        foreach (var c in Regex.Replace(Code, "\"[^\"\n]*\"", "\"\""))
        {
            if (c is '{' or '(' or '[')
                open.Push(c);
            else if (c is '}' or ')' or ']')
                Assert.Equal(c switch { '}' => '{', ')' => '(', _ => '[' }, open.Pop());
        }
        Assert.Empty(open);
    }

    [Fact]
    public void Types_Names_AreUnique()
    {
        var names = Regex.Matches(Code, @"public (?:struct|enum) (\w+)").Select(match => match.Groups[1].Value).ToList();

        Assert.True(names.Count > 60);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Members_Types_AreAllDeclared()
    {
        string[] known = ["String", "Bool", "Int64", "Double", .. Regex.Matches(Code, @"public (?:struct|enum) (\w+)").Select(match => match.Groups[1].Value)];

        var used = Regex.Matches(Code, @"public var [\w`]+: (.+)").SelectMany(match => Regex.Matches(match.Groups[1].Value, @"\w+")).Select(match => match.Value).Distinct();

        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void Members_NamesOfOneType_AreUnique()
    {
        foreach (var block in Regex.Split(Code, @"(?=^public )", RegexOptions.Multiline))
        {
            var names = Regex.Matches(block, @"public (?:static let|var|let) ([\w`]+)").Select(match => match.Groups[1].Value).ToList();
            Assert.Equal(names.Distinct(), names);
        }
    }

    [Fact]
    public void Members_Keywords_AreQuoted() =>
        Assert.Empty(Regex.Matches(Code, @"(?:var|let|self\.) ?(protocol|default|operator|in|is|case|self|public)\b(?!`)").Select(match => match.Value));
}
