"""An email address with a common typo is questioned once, and never rejected."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from inquiries.models import Inquiry
from inquiries.public.form.email_typos import suggested_address
from inquiries.public.form.inquiry_form import InquiryForm

URL = reverse("inquiries:contact")


@pytest.fixture
def answers(answers):
    return {**answers, "phone": "", "email": "rose@gmial.com", "asked_about": ""}


def returned_form(client, answers):
    """Return what a browser would send from the returned form, and its HTML."""
    html = BeautifulSoup(client.post(URL, answers).content, "html.parser")
    form = html.select_one("#inquiry-form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[value], [type=hidden]")}
    return {**answers, **{name: fields[name] for name in ["email", "asked_about"]}}, html


def test_a_mistyped_address_is_questioned_at_the_field_and_in_the_summary(client, answers):
    _, html = returned_form(client, answers)
    question = "Did you mean rose@gmail.com? If what you typed is right, press Send again."
    assert question in html.select_one("#id_email_error").text
    assert html.select_one("#error-summary a[href='#id_email']").text == question
    assert html.select_one("#id_message").text.strip() == answers["message"]
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("email", ["rose@gmial.com", "rose@gmail.com"])
def test_a_questioned_address_is_accepted_once_corrected_or_not(client, answers, email):
    again, _ = returned_form(client, answers)
    for _pressed in range(2):
        assert client.post(URL, {**again, "email": email}).status_code == 302
    assert Inquiry.objects.get().email == email


def test_another_typo_is_questioned_too(client, answers):
    again, _ = returned_form(client, answers)
    again, _ = returned_form(client, {**again, "email": "rose@gmail.con"})
    assert client.post(URL, again).status_code == 302


def test_an_address_questioned_along_with_other_errors_isnt_questioned_again(client, answers):
    again, html = returned_form(client, {**answers, "name": ""})
    assert len(html.select("#error-summary li")) == 2
    assert client.post(URL, {**again, "name": "Rose"}).status_code == 302


def test_markup_in_an_address_is_escaped(client, answers):
    _, html = returned_form(client, {**answers, "email": '"<b>x</b>"@gmial.com'})
    assert not html.select("#error-summary b, .field__error b")


def test_the_front_desks_form_doesnt_question_addresses(desk, answers):
    del answers["asked_about"]  # their form has no such field
    call = {**answers, "source": "phone"}
    assert desk.post(reverse("inquiry:enter"), call).status_code == 302


# Made up: the first half before the rule was written, the second half after it. The rule also questions one
# real domain out of 181, fmail.co, which isn't in the list below.
TYPOS = """
gmaol.com gmail.comm hotmial.con verizn.net gmial.com gmal.com gmai.com gmaill.com gamil.com
gnail.com gmail.co gmail.con gmail.cm gmail.cmo gmail.om gmail.vom gmail.xom gmail.com.com gmailcom
gmail,com gmsil.com gmaik.com fmail.com gmil.com ggmail.com gemail.com yaho.com yahooo.com yhaoo.com
yahoo.con yahoo.comm yaoo.com yahho.com hahoo.com yahoo.cm yahool.com hotmial.com hotmal.com
hotmai.com hotmil.com homtail.com hotmaill.com hotamil.com outlok.com outloo.com outlook.con
oulook.com outllok.com iclod.com icoud.com icloud.con icould.com aol.con aol.cm aoll.com comcast.ner
comast.net comcas.net verizon.ner vrizon.net sbcglobel.net sbcglobal.ney bellsout.net att.ent
att.nte msn.con earthlnk.net optonlin.net cox.ner charter.ent live.con ymail.con gmaul.com
gmaiil.com gmqil.com gmaio.com gmzil.com gmaiol.com gmaili.com gmail.cpm gmail.coom gmail.ocm
gmail.comn gimail.com gmaip.com gmali.com gnail.con yahoi.com yajoo.com yshoo.com yhoo.com yahoo.vom
yahoo.co yahoo.om yaboo.com ayhoo.com yaahoo.com hotnail.com hormail.com hotmaol.com hotmaik.com
hoymail.com hotmail.xom hotmail.cmo hptmail.com otmail.com outllook.com outlool.com outlook.cm
iutlook.com outloook.com ixloud.com iclouf.com icloud.om iclooud.com aol.vom aol.ocm comcsat.net
comcadt.net comxast.net comcast.met verison.net verizob.net sbcgloabl.net sbcgobal.net belsouth.net
bellsoith.net att.bet att.ner chartr.net cox.nt msn.cm protonmial.com opton1ine.net mydoctor.con
church.ogr school.ed
"""
REAL = """
mail.com email.com gmx.com gmx.net ymail.com rocketmail.com hotmail.co.uk yahoo.co.uk yahoo.ca
yahoo.fr yahoo.es hotmail.es hotmail.fr outlook.es outlook.fr live.ca live.com.mx prodigy.net.mx
me.com mac.com pm.me proton.me protonmail.com fastmail.com hey.com zoho.com aim.com juno.com
netzero.net att.net tds.net q.com wowway.com windstream.net frontier.com centurylink.net
embarqmail.com suddenlink.net rcn.com hughes.net tampabay.rr.com nc.rr.com roadrunner.com
mindspring.com usa.net cs.com va.gov mail.mil us.army.mil nih.gov mit.edu umich.edu
alumni.stanford.edu ucsf.edu kp.org sutterhealth.org bigclinic.co mycompany.io smith.family rosa.nyc
ourchurch.org firstbaptist.church tutanota.com gmail.de ail.com gail.com mail.co tail.com hotmail.it
aol.co.uk ool.com alo.com cox.com bol.com.br comcast.com verizon.com naver.com qq.com 163.com
mail.ru web.de t-online.de orange.fr libero.it uol.com.br posteo.de ionos.com yale.edu lawfirm.com
att.com ms.com max.com ox.ac.uk box.com maol.org wowmail.com zmail.org inbox.com gmx.de mailbox.org
runbox.com startmail.com rediffmail.com hotmail.ca live.co.uk live.cn live.it yahoo.com.mx yahoo.in
yahoo.com.br outlook.com.br msn.ca aol.fr icloud.mx bigpond.com sky.com btinternet.com
virginmedia.com shaw.ca rogers.com telus.net sympatico.ca videotron.ca bell.net cableone.net
midco.net mchsi.com cfl.rr.com austin.rr.com ptd.net epix.net zoominternet.net hawaiiantel.net
gci.net consolidated.net fuse.net insightbb.com knology.net peoplepc.com excite.com lycos.com
netscape.net compuserve.com prodigy.net bellatlantic.net pacbell.net swbell.net ameritech.net
flash.net snet.net nvbell.net uchicago.edu osu.edu clevelandclinic.org mayo.edu hhs.gov ssa.gov
ca.gov state.tx.us k12.oh.us stjude.org verizonwireless.com hotel.com male.com smail.ai snail.com
hail.org vet.clinic drsmith.health pain.care spine.doctor alumni.upenn.edu lds.net ldschurch.org
jw.org nym.hush.com hushmail.com pobox.com cox.org chartertn.net
"""


def test_mistyped_domains_are_questioned():
    assert [domain for domain in TYPOS.split() if not suggested_address(f"rose@{domain}")] == []


def test_real_domains_arent_questioned():
    assert [domain for domain in REAL.split() if suggested_address(f"rose@{domain}")] == []


def test_suggestions_correct_the_domain():
    for typed, suggestion in [
        ("rose@GMIAL.com", "rose@gmail.com"),
        ("r.o+s@iclod.com", "r.o+s@icloud.com"),
        ("rose@hotmial.con", "rose@hotmail.com"),
        ("rose@verizn.net", "rose@verizon.net"),
        ("rose@ymail.con", "rose@ymail.com"),
        ("rose@mydoctor.con", "rose@mydoctor.com"),
        *((right, "") for right in ["rose@gmail.com", "", "@"]),
    ]:
        assert suggested_address(typed) == suggestion


def test_impossible_characters_in_an_address_are_removed(client, answers):
    for typed in ["bob @gmail.com", "bob@ gmail.com", "bob@gmail.com.", " bob@gmail .com, "]:
        assert InquiryForm({**answers, "email": typed}).fields["email"].clean(typed) == "bob@gmail.com"
    assert client.post(URL, {**answers, "email": "bob @gmail.com"}).status_code == 302
    assert Inquiry.objects.get().email == "bob@gmail.com"


def test_an_invalid_domain_gets_a_suggestion_but_a_space_in_the_user_name_doesnt(answers):
    for typed, error in [
        ("bob@gmailcom", "Did you mean bob@gmail.com?"),
        ("bob@gmail,com", "Did you mean bob@gmail.com?"),
        ("bob smith@gmail.com", "Enter an email address like name@example.com."),
    ]:
        assert InquiryForm({**answers, "email": typed}).errors["email"] == [error]
