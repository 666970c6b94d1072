using System.Globalization;
using System.Text;
using CsCheck;
using Weir.Protocols.Aws.Messages;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Messages;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1.50")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e126")]
    [InlineData("-1.5E-128")]
    [InlineData("0.00000000000000000000000000000000000000000000001")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("100000000000000000000000000000000000000000000")]
    [InlineData("0e9999")]
    public void A_number(string text) => Assert.True(IsNumber(text));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e99999")]
    [InlineData("1e127")]
    [InlineData("1e999")]
    [InlineData("1e-129")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("١")]
    [InlineData("999999999999999999999999999999999999999")]
    [InlineData("1.99999999999999999999999999999999999999")]
    public void No_number(string text) => Assert.False(IsNumber(text));

    [Fact]
    public void Every_decimal_is_one() => Gen.Decimal.Sample(
        value => Assert.True(IsNumber(value.ToString(CultureInfo.InvariantCulture))));

    private static bool IsNumber(string text) => NumberText.IsNumber(Encoding.UTF8.GetBytes(text));
}
